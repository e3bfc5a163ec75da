/** One row of the import table (STYLE §2): what a folder of src may import besides itself. Unlisted means forbidden. */
export interface Row {
  readonly folders: readonly string[];
  /** Whether built-in modules of Node may be used. */
  readonly node: boolean;
  /** Packages by name; `name/` at the end also allows what begins so. */
  readonly packages: readonly string[];
}

const ALL_BUT_THE_HOSTS = [
  'gs1',
  'line',
  'order',
  'epcis',
  'epcis-xml',
  'contract',
  'devices',
  'vision',
  'record',
  'publish',
  'virtual-line',
  'station',
] as const;

const RENDERER_PACKAGES = [
  'react',
  'react-dom',
  '@orpc/client',
  '@orpc/contract',
  '@mantine/core',
  '@mantine/hooks',
  '@tabler/icons-react',
  '@fontsource-variable/inter',
  'uplot',
  'wouter',
];

export const IMPORT_TABLE: Readonly<Record<string, Row>> = {
  gs1: { folders: [], node: false, packages: [] },
  line: { folders: ['gs1'], node: false, packages: [] },
  order: { folders: ['gs1', 'line'], node: false, packages: [] },
  epcis: { folders: ['gs1', 'line', 'order'], node: false, packages: [] },
  'epcis-xml': { folders: ['gs1', 'line', 'order', 'epcis'], node: false, packages: [] },
  symbol: { folders: ['gs1'], node: true, packages: ['bwip-js'] },
  contract: { folders: ['gs1', 'line', 'order'], node: false, packages: ['zod', '@orpc/contract'] },
  devices: { folders: ['gs1', 'line', 'contract'], node: true, packages: ['node-opcua-client'] },
  vision: { folders: ['gs1', 'line', 'contract'], node: true, packages: ['zxing-wasm', 'zxing-wasm/'] },
  record: { folders: ['gs1', 'line', 'order', 'contract'], node: true, packages: ['better-sqlite3'] },
  publish: {
    folders: ['gs1', 'line', 'order', 'epcis', 'epcis-xml', 'contract'],
    node: true,
    packages: ['csv-stringify'],
  },
  'virtual-line': {
    folders: ['gs1', 'symbol'],
    node: true,
    // The client package carries the vocabulary (Variant, StatusCodes) that the server package does not export.
    packages: ['node-opcua-server', 'node-opcua-client', 'node-opcua-certificate-manager', 'better-sqlite3'],
  },
  station: {
    folders: ['gs1', 'line', 'order', 'epcis', 'contract', 'devices', 'vision', 'record', 'publish'],
    node: true,
    packages: ['@orpc/server', 'pino'],
  },
  main: {
    folders: ['contract', 'station'],
    node: true,
    packages: ['electron', 'fastify', '@fastify/static', 'ws', '@orpc/server'],
  },
  preload: { folders: [], node: false, packages: ['electron'] },
  // A demo clicks through the contract: it is a client of the router in its own process.
  cli: { folders: ALL_BUT_THE_HOSTS, node: true, packages: ['@orpc/server'] },
  renderer: { folders: ['gs1', 'contract'], node: false, packages: RENDERER_PACKAGES },
};

/** Folders that take time and randomness as arguments. */
export const PURE = ['gs1', 'line', 'order', 'epcis', 'contract'];
