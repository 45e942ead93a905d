-- Takes trails that are to be written down, and keeps others from them for a while: who dies with them loses none.
-- KEYS 1 their ids by time. ARGV 1 how many, 2 for how long (ms), 3 how many of the first ones are passed over. Returns
-- {now, until when they are taken, ids and since when they are due, in turns}.
local taken_until = whole(now + tonumber(ARGV[2]))
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', whole(now), 'WITHSCORES', 'LIMIT', ARGV[3], ARGV[1])
for i = 1, #due, 2 do
  redis.call('ZADD', KEYS[1], 'XX', taken_until, due[i])
end
return { whole(now), taken_until, due }
