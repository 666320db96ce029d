import { codeOf } from '../../base/privateFile';
import type { Processes } from '../localProxy';

export const processes: Processes = {
  own: process.pid,
  isRunning(pid) {
    try {
      return process.kill(pid, 0); // sends no signal
    } catch (error) {
      return codeOf(error) === 'EPERM'; // it belongs to another user
    }
  },
};
