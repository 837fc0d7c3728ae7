/** Curated facts and pure lookups: who a program is, what its arguments intend, what a destination is. */
export * from './attack-objects.js';
export * from './classify-destination.js';
export * from './dual-use.js';
export * from './exec-alone.js';
export * from './identity-drift.js';
export { interpreterScript } from './interpreter-script.js';
export { matchTool, type ToolMatch, type ToolProgram } from './match-tool.js';
export { matchUploader, type Uploader, type UploaderIdentity } from './match-uploader.js';
export { type PathClass, pathClass } from './path-class.js';
export { type ToolCategory, type ToolPolicy } from './tool-data.js';
export { type IntentProgram, uploadIntent, type UploadIntent } from './upload-intent.js';
export { type Excusable, type UploaderGroup, type UploaderTier } from './uploader-data.js';
