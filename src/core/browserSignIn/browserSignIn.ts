/*
 * What a sign-in in the browser needs of this room, in one file: it is loaded when the first one begins, and most windows
 * never see one.
 */

export { authorizationRequest } from './authorizationRequest';
export { isCallbackOf, readCallback, readPastedCallback } from './callback';
export { listenForCallback } from './callbackListener';
export { findLoginPage } from './loginPage';
export { pastedCallback } from './pastedCallback';
export { isAnswered } from './portProbe';
export { registerClient, registrationKey } from './registration';
export { singleSignOn } from './singleSignOn';
