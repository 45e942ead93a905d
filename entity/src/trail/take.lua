-- Takes trails that are to be written down, and keeps others from them for a while: who dies with them loses none.
-- KEYS 1 their ids by time. ARGV 1 how many, 2 for how long (ms). Returns {now, until when they are taken, ids}.
local taken_until = whole(now + tonumber(ARGV[2]))
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', whole(now), 'LIMIT', 0, ARGV[1])
for _, id in ipairs(ids) do
  redis.call('ZADD', KEYS[1], 'XX', taken_until, id)
end
return { whole(now), taken_until, ids }
