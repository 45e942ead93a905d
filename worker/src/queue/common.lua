#!lua flags=allow-oom
-- The head of every script of the queue. The flag lets a full Redis drain: jobs are taken and finished, not refused.
-- All times are the server's, in milliseconds since 1970. What is written comes first, what is removed comes last:
-- an error in the middle undoes nothing, and a job must rather be seen twice than be gone. Of a new job the bytes are
-- written first, then its place, then its record (`meta`): who finds the record finds the rest.
local held, meta, leases, delayed, dead = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local stats, wake, expired = KEYS[6], KEYS[7], KEYS[8]
-- Webhooks that wait have a set of their own: a receiver that hangs must not stand in front of mails that are due.
local delayed_webhook = KEYS[9]
-- What the notes of outbox jobs that lie on a list begin with; the id follows.
local pushed = KEYS[10]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- Jobs that expired within this call, bounded by the caller, and jobs whose bytes were gone.
local gone, lost = 0, 0

local function count(name, by)
  if by > 0 then redis.call('HINCRBY', stats, name, by) end
end

-- What the queue knows of a job: JSON of our own, never the job's. Workers of several versions write it at the same
-- time, so a field may be missing, and one that is unknown here is kept.
local function about_of(text)
  if not text then return nil end
  local fine, about = pcall(cjson.decode, text)
  if not fine or type(about) ~= 'table' then about = {} end
  for _, name in ipairs({ 'delivery', 'deliveries', 'attempts', 'lost' }) do
    if type(about[name]) ~= 'number' then about[name] = 0 end
  end
  about.solo = about.solo == true
  if about.class ~= 'notice' and about.class ~= 'webhook' then about.class = 'ready' end
  if type(about.expires_at) ~= 'number' then about.expires_at = nil end
  if type(about.type) ~= 'string' then about.type = nil end
  return about
end

local function recall(id)
  return about_of(redis.call('HGET', meta, id))
end

local function save(id, about)
  redis.call('HSET', meta, id, cjson.encode(about))
end

-- Forgets jobs, of one call no more than 128.
local function forget(...)
  redis.call('HDEL', held, ...)
  redis.call('HDEL', meta, ...)
end

local function set_of(about)
  return about.class == 'webhook' and delayed_webhook or delayed
end

-- A job whose bytes are gone (an operator's hand, an eviction): nothing can be done with the rest of it. Nor may a note
-- that it lies on a list keep the outbox from bringing it again.
local function lose(id)
  redis.call('ZREM', leases, id)
  redis.call('ZREM', delayed, id)
  redis.call('ZREM', delayed_webhook, id)
  redis.call('ZREM', dead, id)
  forget(id)
  redis.call('DEL', pushed .. id)
  count('lost_bytes', 1)
  lost = lost + 1
end

-- A job whose record is gone, but not its bytes: it is whole in what counts, and goes on with a record anew. Nothing if
-- there are no bytes either.
local function recover(id)
  if redis.call('HEXISTS', held, id) == 0 then return nil end
  count('recovered', 1)
  local about = about_of('{}')
  save(id, about)
  return about
end

-- The bytes of a job that is known, or false: then it is forgotten.
local function bytes_of(id)
  local bytes = redis.call('HGET', held, id)
  if not bytes then lose(id) end
  return bytes
end

-- The fence: a job that was reaped and given to somebody else has another delivery number.
local function is_owned(about, id, delivery)
  return about and about.delivery == tonumber(delivery) and redis.call('ZSCORE', leases, id)
end

local function owned(id, delivery)
  local about = recall(id)
  return is_owned(about, id, delivery) and about or nil
end

-- The same of several jobs, 64 at most, that ARGV names from `first` on by pairs of id and delivery. Answers their ids, and
-- for each whether it is held by that delivery.
local function all_owned(first)
  local ids, is_held = {}, {}
  for i = first, math.min(#ARGV, first + 127) - 1, 2 do ids[#ids + 1] = ARGV[i] end
  local records = #ids > 0 and redis.call('HMGET', meta, unpack(ids)) or {}
  for i, id in ipairs(ids) do
    is_held[i] = is_owned(about_of(records[i]), id, ARGV[first + 2 * i - 1]) and true or false
  end
  return ids, is_held
end

local function is_expired(about, at)
  return about.expires_at ~= nil and about.expires_at <= at
end

local function sample(id, kind)
  redis.call('LPUSH', expired, cjson.encode({ id = id, type = kind or '', at = now }))
  gone = gone + 1
end

local function count_expired()
  if gone > 0 then
    redis.call('LTRIM', expired, 0, 999)
    count('expired', gone)
  end
end

-- Wakes one worker that sleeps; 64 tokens wake more workers than there are.
local function ring()
  if redis.call('LLEN', wake) < 64 then redis.call('LPUSH', wake, '') end
end

-- Moves a job that its worker holds to the delayed ones. False if it would be of no use by then.
local function postpone(id, about, delay)
  if is_expired(about, now + delay) then
    sample(id, about.type)
    count_expired()
    forget(id)
    redis.call('ZREM', leases, id)
    return false
  end
  about.claim = nil
  save(id, about)
  redis.call('ZADD', set_of(about), now + delay, id)
  redis.call('ZREM', leases, id)
  return true
end

local function to_dead(id, about, reason)
  about.reason = reason
  about.claim = nil
  redis.call('ZADD', dead, now, id)
  save(id, about)
end

-- Keeps the dead letters within their count and age, at most 256 a call: more than one call can bury.
local function trim_dead(most, age)
  local function drop(ids)
    for _, id in ipairs(ids) do
      forget(id)
      redis.call('ZREM', dead, id)
    end
    count('dead_trimmed', #ids)
  end
  drop(redis.call('ZRANGEBYSCORE', dead, '-inf', now - age, 'LIMIT', 0, 128))
  local over = redis.call('ZCARD', dead) - most
  if over > 0 then drop(redis.call('ZRANGE', dead, 0, math.min(over, 128) - 1)) end
end

