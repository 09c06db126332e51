import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof openMetrics>

const ANSWER_SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const BATCH_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]
const BATCH_MOVES = [1, 2, 4, 8, 16, 32, 64, 128, 256]

/**
 * The metrics. Labels are operations, codes and jobs, never people, numbers or requested addresses. None is called `job`: Prometheus
 * gives that name to the server itself.
 */
export function openMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    answers: new Histogram({
      name: 'pointbook_answer_seconds',
      help: 'From a request to the end of its answer',
      labelNames: ['operation', 'status'],
      buckets: ANSWER_SECONDS,
      registers,
    }),
    refusals: new Counter({
      name: 'pointbook_refusals_total',
      help: 'Requests refused, by the code of the refusal; server.failed is an error of ours',
      labelNames: ['code'],
      registers,
    }),
    underWay: new Gauge({
      name: 'pointbook_requests_under_way',
      help: 'Requests taken in and not answered',
      registers,
    }),
    batchMoves: new Histogram({
      name: 'pointbook_batch_moves',
      help: 'Moves in a batch of the book',
      buckets: BATCH_MOVES,
      registers,
    }),
    moveWait: new Histogram({
      name: 'pointbook_move_wait_seconds',
      help: 'What a move waits until its batch begins',
      buckets: BATCH_SECONDS,
      registers,
    }),
    commit: new Histogram({
      name: 'pointbook_batch_commit_seconds',
      help: 'From the begin of a batch to its commit',
      buckets: BATCH_SECONDS,
      registers,
    }),
    outboxDue: new Gauge({ name: 'pointbook_outbox_due_messages', help: 'Messages due and not handled', registers }),
    outboxLag: new Gauge({ name: 'pointbook_outbox_lag_seconds', help: 'Age of the oldest message due', registers }),
    outboxStuck: new Gauge({
      name: 'pointbook_outbox_stuck_messages',
      help: 'Messages that wait for somebody to look: set aside, or of a topic that this version does not know',
      labelNames: ['topic', 'why'],
      registers,
    }),
    backupMade: new Gauge({
      name: 'pointbook_backup_last_timestamp_seconds',
      help: 'When the last backup was made, by whichever server or command; 0 when none was',
      registers,
    }),
    backupProved: new Gauge({
      name: 'pointbook_backup_proved_timestamp_seconds',
      help: 'When a backup last passed its proof; 0 when none did or the last one failed',
      registers,
    }),
    jobSuccess: new Gauge({
      name: 'pointbook_job_last_success_timestamp_seconds',
      help: 'When this server last ended a job well',
      labelNames: ['name'],
      registers,
    }),
    jobSeconds: new Gauge({
      name: 'pointbook_job_last_seconds',
      help: 'What the job took then',
      labelNames: ['name'],
      registers,
    }),
    jobFailures: new Counter({
      name: 'pointbook_job_failures_total',
      help: 'Runs of a job that failed',
      labelNames: ['name'],
      registers,
    }),
    jobSetAside: new Gauge({
      name: 'pointbook_job_set_aside_members',
      help: 'Members on whom the last run of a job failed, by themselves; the log names them',
      labelNames: ['name'],
      registers,
    }),
    auditFailed: new Gauge({
      name: 'pointbook_ledger_audit_failed_checks',
      help: 'Checks that failed in the last audit of the ledger; NaN before the first',
      registers,
    }),
    logBlocks: new Gauge({
      name: 'pointbook_audit_log_blocks',
      help: 'Number of the last block of sealed lines of the audit log; it only grows',
      registers,
    }),
    databaseUp: new Gauge({
      name: 'pointbook_database_up',
      help: 'Whether the database answered within two seconds',
      registers,
    }),
    diskFree: new Gauge({
      name: 'pointbook_data_disk_free_bytes',
      help: 'Free space on the disk of the data folder',
      registers,
    }),
    diskSize: new Gauge({
      name: 'pointbook_data_disk_size_bytes',
      help: 'Size of the disk of the data folder',
      registers,
    }),
  }
}

/** Measures every answer by its operation: the route, not the address. */
export function timeAnswers(http: FastifyInstance, { answers }: Metrics) {
  http.addHook('onResponse', (request, reply, done) => {
    const operation = `${request.method} ${request.routeOptions.url ?? 'elsewhere'}`
    answers.observe({ operation, status: reply.statusCode }, reply.elapsedTime / 1000)
    done()
  })
}
