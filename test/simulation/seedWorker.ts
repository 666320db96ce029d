import { parentPort } from 'node:worker_threads';
import { mistakes } from './mistakes';
import type { Task } from './seeds';
import { simulate, simulateCauses, simulateStress, type Outcome } from './simulation';

// The core makes an error for each failed call, and nobody here looks at where it was made, which costs more than the call.
Error.stackTraceLimit = 0;

async function run({ seed, stressFor, isPlanted, namesCauses }: Task): Promise<Outcome> {
  if (namesCauses === true) {
    return await simulateCauses(seed);
  }
  if (stressFor === undefined) {
    return await simulate(seed);
  }
  const mistake = mistakes[stressFor];
  if (mistake === undefined) {
    throw new Error(`There is no mistake with the name "${stressFor}".`);
  }
  return await simulateStress(seed, isPlanted === true ? mistake.planted : undefined, mistake.scenario);
}

parentPort?.on('message', (task: Task) => {
  void run(task).then((outcome) => parentPort?.postMessage(outcome));
});
