import fc from 'fast-check';

// A mutant is dead at the first counterexample: nobody needs the smallest.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
