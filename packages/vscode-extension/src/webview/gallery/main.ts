import '@vscode/codicons/dist/codicon.css';
import './gallery.css';
import { Gallery } from './gallery.js';

const root = document.getElementById('root');
if (root) void new Gallery(root).start();
