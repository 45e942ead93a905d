-- Pushes an outbox job again, unless it is already claimed, delayed or dead.
local ready, wake_list, held = unpack(KEYS)
if redis.call('HEXISTS', held, ARGV[1]) == 1 then
  return 0
end
redis.call('LPUSH', ready, ARGV[2])
wake(wake_list)
return 1
