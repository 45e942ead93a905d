#!lua flags=no-writes
-- Counts the trails of a shard. It costs the same however many there are.
-- KEYS 1 their ids by time. Returns {all, those that are due, for how long the first of these is (ms)}.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local late = first[2] and now - math.floor(tonumber(first[2])) or 0
return { redis.call('ZCARD', KEYS[1]), redis.call('ZCOUNT', KEYS[1], '-inf', now), math.max(late, 0) }
