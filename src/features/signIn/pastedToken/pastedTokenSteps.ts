import type { Step } from '../steps/steps';
import { checkStep } from './checkStep';
import { expiryStep } from './expiryStep';
import { holderStep } from './holderStep';
import { pasteStep } from './pasteStep';
import { pastedStep } from './pastedStep';

export const pastedTokenSteps: readonly Step[] = [pasteStep, checkStep, holderStep, expiryStep, pastedStep];
