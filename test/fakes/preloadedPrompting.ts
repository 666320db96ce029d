import { requestedSignIn } from '../../src/features/provider/requestedSignIn';

/** The prompting of the provider at hand: loading a file takes time that no fake clock knows of. */
export const preloadedPrompting = () => Promise.resolve({ requestedSignIn });
