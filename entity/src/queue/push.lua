-- Pushes an outbox job again. Answers 1 if it did, 0 if the job is claimed, delayed or dead, 2 if it may still wait.
local ready, wake_list, meta, pushed = unpack(KEYS)
-- The record, not the bytes: bytes alone are what a claim left that failed half-way.
if redis.call('HEXISTS', meta, ARGV[1]) == 1 then
  return 0
end
if not push(ready, pushed, ARGV[2]) then
  return 2
end
wake(wake_list)
return 1
