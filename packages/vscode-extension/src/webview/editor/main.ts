import '@vscode/codicons/dist/codicon.css';
import './editor.css';
import { startEditor } from './editor.js';

const root = document.getElementById('root');
if (root) void startEditor(root);
