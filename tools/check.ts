import { close, failuresOf, staticSteps, sum, vitest } from './steps.ts';

// `npm run check`: the gate before each commit.
close(sum([failuresOf(staticSteps()), vitest(['--project', 'unit'])]));
