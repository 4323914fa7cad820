import { LiveBoard } from '../live/board.js';
import { listenToKeys } from './keys.js';
import './workbench.js';

const board = new LiveBoard();
const workbench = document.createElement('sb-workbench');
workbench.board = board;
document.querySelector('#page').replaceChildren(workbench);
listenToKeys(board);
board.begin();
