import { name, publisher } from '../../../package.json';

/** The id under which VS Code knows this extension, as package.json has it. */
export const extensionId = `${publisher}.${name}`;
