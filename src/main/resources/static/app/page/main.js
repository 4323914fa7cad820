import { listenToKeys } from './keys.js';
import { LiveBoard } from '../live/board.js';
import { HistoryBoard } from '../history/board.js';
import './workbench.js';
import '../history/page.js';

const history = location.pathname === '/history';
const board = history ? new HistoryBoard() : new LiveBoard();
const page = document.createElement(history ? 'sb-history' : 'sb-workbench');
page.board = board;
document.querySelector('#page').replaceChildren(page);
listenToKeys(board);
board.begin();
