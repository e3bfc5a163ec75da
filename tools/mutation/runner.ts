import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { type DeclaredTest, declaredIn, Skipped, standInForVitest } from './declared-tests.ts';

declare global {
  // Instrumented code reads it under this name.
  var __stryker__: InstrumenterContext | undefined;
}

/** Tests about time prove nothing against a mutant, and the largest take too long to be run thousands of times. */
const LEFT_OUT =
  /takes time in proportion|no linter breaks, or takes|never throw, whatever an event|is told apart among|is never held|accepts every kind of document/;

/** Stryker stops a mutant after a hundred times the hits of a sound run; loops over large pools are given up earlier. */
const HITS = 1 / 25;

/**
 * Runs the unit tests of src/gs1 and src/epcis for Stryker in its own process. They are pure and keep no state, so they are
 * loaded once and a mutant costs milliseconds; Stryker's runner for vitest starts anew for each, which costs a second.
 * Mutants that act only while a module loads are therefore left out (`ignoreStatic`).
 */
function inProcessRunner(): TestRunner {
  // biome-ignore lint/suspicious/noAssignInExpressions: one object, shared with the instrumented code
  const shared = (globalThis.__stryker__ ??= {});
  let tests: readonly DeclaredTest[] = [];

  async function dryRun(): Promise<DryRunResult> {
    const results = await runAll(shared, tests, false);
    const { mutantCoverage } = shared;
    return {
      status: DryRunStatus.Complete,
      tests: results,
      ...(mutantCoverage === undefined ? {} : { mutantCoverage }),
    };
  }

  async function mutantRun({ activeMutant, hitLimit, testFilter }: MutantRunOptions): Promise<MutantRunResult> {
    const limit = hitLimit === undefined ? undefined : Math.ceil(hitLimit * HITS) + 1000;
    Object.assign(shared, { activeMutant: activeMutant.id, hitCount: 0, hitLimit: limit });
    const wanted = new Set(testFilter);
    const results = await runAll(
      shared,
      testFilter === undefined ? tests : tests.filter(({ id }) => wanted.has(id)),
      true,
    );
    const endless = determineHitLimitReached(shared.hitCount, limit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: results });
  }

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    init: async () => {
      tests = await loaded();
    },
    dryRun,
    mutantRun,
  };
}

async function loaded(): Promise<readonly DeclaredTest[]> {
  standInForVitest();
  await import(resolve('test/seed.ts'));
  await import(join(import.meta.dirname, 'first-counterexample.ts'));
  const files = globSync('test/{gs1,epcis}/**/*.test.ts').filter((file) => !file.includes('linear-time'));
  const tests = await declaredIn(files.toSorted().map((file) => resolve(file)));
  return tests.filter(({ name }) => !LEFT_OUT.test(name));
}

async function runAll(
  shared: InstrumenterContext,
  tests: readonly DeclaredTest[],
  stopsAtFailure: boolean,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const test of tests) {
    shared.currentTestId = test.id;
    const result = await runOne(test);
    results.push(result);
    if (stopsAtFailure && result.status === TestStatus.Failed) break;
  }
  return results;
}

async function runOne({ id, name, file, run }: DeclaredTest): Promise<TestResult> {
  const began = performance.now();
  const told = () => ({ id, name, fileName: file, timeSpentMs: performance.now() - began });
  try {
    await run();
    return { ...told(), status: TestStatus.Success };
  } catch (error) {
    if (error instanceof Skipped) return { ...told(), status: TestStatus.Skipped };
    return { ...told(), status: TestStatus.Failed, failureMessage: String(error).slice(0, 500) };
  }
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'in-process', Object.assign(inProcessRunner, { inject: tokens() })),
];
