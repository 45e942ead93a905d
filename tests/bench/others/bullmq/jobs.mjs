// jobs.mjs HOST:PORT JOBS: jobs that are no work through BullMQ, one worker process, with pushes by another process
// meanwhile. Prints `BENCH` and how many a second were pushed, taken and completed.
//
// As its guides advise for throughput: jobs are added in bulk, one worker has a high local concurrency, and finished jobs
// are removed at once (docs.bullmq.io: Queues, Workers, Parallelism and Concurrency).
import { fork } from "node:child_process";
import { Queue, Worker } from "bullmq";

const [address, count, role] = process.argv.slice(2);
const [host, port] = address.split(":");
const connection = { host, port: Number(port), maxRetriesPerRequest: null };
const jobs = Number(count);
const BULK = 500;
// The guide says "something between 100 and 300". Jobs a second, the median of three runs of 20,000 on two cores: 5,666 with
// 16, 5,597 with 50, 6,115 with 100, 6,482 with 200, 6,548 with 300; 6,106 by two workers with 100 each.
const CONCURRENCY = 300;
const options = { removeOnComplete: true, removeOnFail: true };

if (role === "push") {
  const queue = new Queue("bench", { connection });
  await queue.waitUntilReady();
  process.once("message", async () => {
    for (let from = 0; from < jobs; from += BULK) {
      const many = Array.from({ length: Math.min(BULK, jobs - from) }, (_, n) => ({
        name: "password_reset.send_code",
        data: { challenge_id: `AAAA${String(from + n).padStart(20, "0")}`, mail_no: 1 },
        opts: options,
      }));
      await queue.addBulk(many);
    }
    await queue.close();
    process.disconnect();
  });
  process.send("ready");
} else {
  const began = { at: 0 };
  let done = 0;
  const worker = new Worker("bench", async () => {}, {
    connection,
    concurrency: Number(process.env.CONCURRENCY ?? CONCURRENCY),
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  worker.on("error", (error) => {
    throw error;
  });
  await worker.waitUntilReady();
  const push = fork(process.argv[1], [address, count, "push"]);
  worker.on("completed", () => {
    done += 1;
    if (done < jobs) return;
    const seconds = (performance.now() - began.at) / 1000;
    console.log(`BENCH ${(jobs / seconds).toFixed(1)}`);
    process.exit(0);
  });
  push.once("message", () => {
    began.at = performance.now();
    push.send("go");
  });
}
