import { listenToKeys } from './keys.js';
import { LiveBoard } from '../live/board.js';
import { HistoryBoard } from '../history/board.js';
import { EndpointBoard } from '../endpoint/board.js';
import './workbench.js';
import '../history/page.js';
import '../endpoint/page.js';
import { here } from './root.js';

const [Board, element] = here() === '/history' ? [HistoryBoard, 'sb-history']
  : here().startsWith('/e/') ? [EndpointBoard, 'sb-endpoint-page']
  : [LiveBoard, 'sb-workbench'];
const board = new Board();
const page = document.createElement(element);
page.board = board;
document.querySelector('#page').replaceChildren(page);
listenToKeys(board);
board.begin();
