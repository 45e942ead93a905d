"""jobs.py HOST:PORT JOBS: jobs that are no work through Celery on Redis, one worker with a process for each core, with
pushes by another process meanwhile. Prints `BENCH` and how many a second were pushed, taken and acknowledged.

As its guide advises for short tasks: results are ignored, and each process reserves 64 tasks ahead (docs.celeryq.dev:
Optimizing). Tasks are acknowledged when they are done, as Rekey's and BullMQ's are: a worker that dies loses none.
"""

import os
import subprocess
import sys
import time

import redis
from celery import Celery

address = os.environ.get("BENCH_REDIS") or sys.argv[1]
app = Celery("jobs", broker=f"redis://{address}/0")
app.conf.update(task_ignore_result=True, worker_prefetch_multiplier=64, task_acks_late=True, broker_connection_retry_on_startup=True)


@app.task
def send_code(challenge_id: str, mail_no: int) -> None:
    """Does nothing."""


def main() -> None:
    """Starts a worker, pushes, and waits until nothing is left."""
    jobs = int(sys.argv[2])
    cores = len(os.sched_getaffinity(0))
    command = [sys.executable, "-m", "celery", "-A", "jobs", "worker", "--concurrency", str(cores), "--loglevel", "ERROR"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    here = os.path.dirname(os.path.abspath(__file__))
    worker = subprocess.Popen(command, cwd=here, env={**os.environ, "BENCH_REDIS": address}, stdout=subprocess.DEVNULL)
    try:
        while not app.control.ping(timeout=0.5):
            if worker.poll() is not None:
                sys.exit("the worker ended")
        looking = redis.Redis.from_url(f"redis://{address}/0")
        began = time.monotonic()
        with app.producer_or_acquire() as producer:
            for number in range(jobs):
                send_code.apply_async((f"AAAA{number:020}", 1), producer=producer)
        while looking.llen("celery") + looking.hlen("unacked") > 0:
            time.sleep(0.002)
        print(f"BENCH {jobs / (time.monotonic() - began):.1f}")
    finally:
        worker.terminate()
        worker.wait()


if __name__ == "__main__":
    main()
