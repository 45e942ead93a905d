-- Pushes an outbox job again, unless it is already claimed, delayed or dead.
local ready, wake_list, meta = unpack(KEYS)
-- The record, not the bytes: bytes alone are what a claim left that failed half-way.
if redis.call('HEXISTS', meta, ARGV[1]) == 1 then
  return 0
end
redis.call('LPUSH', ready, ARGV[2])
wake(wake_list)
return 1
