/** What is loaded after the start, because nobody needs it before. */
export { tooltipCommands, tooltipText } from './tooltip';
export { closeLeftPages } from '../../editor/page/leftPages';
