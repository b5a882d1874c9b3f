/**
 * What is loaded with the first image or command, not with the extension: where there are files beside the extension's, it is a
 * bundle of its own, so that a start reads and compiles a tenth of the code.
 */
export { convertCommand } from './commands/convert-command.js';
export { removeBackground } from './commands/remove-background.js';
export { segmentEverything } from './commands/segment-everything.js';
export { setDefault } from './commands/set-default.js';
export { compareWithFile, compareWithHead } from './compare/compare-command.js';
export { AnnotationDocument } from './document/annotation-document.js';
export { formatBackup } from './document/backup.js';
export { EditorPanel } from './editor/editor-panel.js';
export { openGallery } from './gallery/open-gallery.js';
export { lintCommand } from './lint/lint-command.js';
export { mendCommand } from './lint/mend-command.js';
export { Problems } from './lint/problems.js';
export { chooseModel } from './models/choose-model.js';
export { tellOf } from './tell-failure.js';
