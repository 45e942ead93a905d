-- Wakes a worker that waits. 64 tokens wake as many workers as there can be idle: more would only pile up.
local function wake(key)
  if redis.call('LLEN', key) < 64 then
    redis.call('LPUSH', key, '')
  end
end
