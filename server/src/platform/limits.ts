/** What one client may take of the server; README, "Under load", says why each is as it is. */
export const limits = {
  connections: 5_000,
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  requestMs: 15_000,
  /** Nothing read or written for so long ends a connection: also one whose reply nobody reads. */
  silenceMs: 120_000,
  idleMs: 72_000,
  bodyBytes: 64 * 1024,
  /** A picture of 1.5 MB in base64, and what stands around it. */
  largeBodyBytes: 2_200_000,
  /** Fields and elements in a JSON body; a list of 10,000 people and the largest policy stay far below. */
  bodyValues: 50_000,
  bodyDepth: 32,
}

/** When whoever was refused for want of room may come again. */
export const RETRY_AFTER_SECONDS = 2

// Node looks for connections past their time every half minute unless told otherwise.
const CHECK_MS = 1_000

/** The limits as Fastify and Node name them. */
export const httpLimits = {
  bodyLimit: limits.bodyBytes,
  requestTimeout: limits.requestMs,
  connectionTimeout: limits.silenceMs,
  keepAliveTimeout: limits.idleMs,
  http: {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    connectionsCheckingInterval: CHECK_MS,
  },
}
