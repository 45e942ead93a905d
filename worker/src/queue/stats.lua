#!lua flags=no-writes
-- Counts what the queue of a shard holds, at one moment. It costs the same whatever lies there.
-- KEYS 1 held, 2 meta, 3 leases, 4 delayed, 5 dead, 6 stats, 7..9 the three lists, 10 delayed webhooks.
-- Returns {now, jobs in each list (3), when the job that is next in each list was pushed or -1 (3), held, meta, leased,
-- of these past their lease, delayed mails, of these due, since when the first of them is due or -1, the same of
-- webhooks, dead, when the oldest of these died or -1, counters (name, value, ...)}. Times are the server's, in
-- milliseconds since 1970.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- What lies in a list may be anything: only what is a job's size is looked into (claim.lua buries the rest).
local function pushed_at(bytes)
  if not bytes or #bytes > 65536 then return -1 end
  local fine, job = pcall(cjson.decode, bytes)
  local at = fine and type(job) == 'table' and job.enqueued_at
  if type(at) ~= 'number' or not (at >= 0 and at < 1e14) then return -1 end
  return math.floor(at)
end

local function first_score(key)
  local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
  return first[2] and math.floor(tonumber(first[2])) or -1
end

local length, next_at = {}, {}
for i = 1, 3 do
  length[i] = redis.call('LLEN', KEYS[6 + i])
  next_at[i] = pushed_at(redis.call('LINDEX', KEYS[6 + i], -1))
end
local function delayed(key)
  local first = first_score(key)
  return { redis.call('ZCARD', key), redis.call('ZCOUNT', key, '-inf', now), first <= now and first or -1 }
end

return {
  now, length, next_at, redis.call('HLEN', KEYS[1]), redis.call('HLEN', KEYS[2]),
  redis.call('ZCARD', KEYS[3]), redis.call('ZCOUNT', KEYS[3], '-inf', now),
  delayed(KEYS[4]), delayed(KEYS[10]),
  redis.call('ZCARD', KEYS[5]), first_score(KEYS[5]), redis.call('HGETALL', KEYS[6]),
}
