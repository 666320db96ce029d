/** What the commands of this feature do: loaded by the first of them, in one file, because they share most of it. */
export { addEnvironment } from './addEnvironment';
export { importEnvironments } from './importEnvironments';
export { askForEnvironment, switchEnvironment } from './switchEnvironment';
