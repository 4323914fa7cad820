import { listenToKeys } from './keys.js';
import { LiveBoard } from '../live/board.js';
import { HistoryBoard } from '../history/board.js';
import { EndpointBoard } from '../endpoint/board.js';
import './workbench.js';
import '../history/page.js';
import '../endpoint/page.js';

const [Board, element] = location.pathname === '/history' ? [HistoryBoard, 'sb-history']
  : location.pathname.startsWith('/e/') ? [EndpointBoard, 'sb-endpoint-page']
  : [LiveBoard, 'sb-workbench'];
const board = new Board();
const page = document.createElement(element);
page.board = board;
document.querySelector('#page').replaceChildren(page);
listenToKeys(board);
board.begin();
