/** The limits per client; README, "Under load", has the reason for each. */
export const limits = {
  connections: 5_000,
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  requestMs: 15_000,
  /** A connection without traffic for this long is closed, also one whose reply is not read. */
  silenceMs: 120_000,
  idleMs: 72_000,
  bodyBytes: 64 * 1024,
  /** A picture of 1.5 MB in base64, and the rest of the body. */
  largeBodyBytes: 2_200_000,
  /** Fields and elements in a JSON body; a list of 10,000 people and the largest policy stay far below. */
  bodyValues: 50_000,
  bodyDepth: 32,
}

/** The time after which a client refused for overload may try again. */
export const RETRY_AFTER_SECONDS = 2

// Node checks connections for time-outs every half minute by default.
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
