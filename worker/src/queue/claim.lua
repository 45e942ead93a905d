-- Gives a worker its next jobs.
-- KEYS 11..13 the three lists, 14 this worker's last claim, 15 who drains for a solo job.
-- ARGV 1 dead letters at most, 2 their age at most (ms), 3 jobs wanted, 4 claim id, 5 worker, 6 lease (ms), 7 turn,
--      8 and 9 how many jobs of the classes mail and webhook may be taken, 10 is 1 if the worker has nothing in flight, 0 if it
--      has and may be emptied for a job that must run alone, 2 if it is not the turn of such jobs.
-- Returns {now, drain, next due or -1, jobs, cleared}; a job is {id, delivery, deliveries, attempts, 0 or if it must run
-- alone one more than how often its worker was lost so, expires_at or -1, bytes}; cleared is how many entries were dealt with that are no work. Each is gone from where it lay, so a worker
-- may ask again at once while there are any: that comes to an end.
local lists = { KEYS[11], KEYS[12], KEYS[13] }
local names = { 'ready', 'notice', 'webhook' }
local class_of = { ready = 'mail', notice = 'mail', webhook = 'webhook' }
local n = math.min(tonumber(ARGV[3]), 64)
local claim, worker, lease, turn = ARGV[4], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])
local budget = { mail = tonumber(ARGV[8]), webhook = tonumber(ARGV[9]) }
local idle, drains = ARGV[10] == '1', ARGV[10] ~= '2'

-- Weights 8:2:1, spread so that a worker that claims one at a time serves all three as well.
local pattern = { 1, 1, 2, 1, 1, 1, 3, 1, 1, 2, 1 }
local max_bytes, max_id, max_gone, max_odd, scan = 65536, 64, 1000, 64, 128

local jobs, record = {}, {}
local odd, duplicates, buried, unknown = 0, 0, 0, 0
local sequence = nil

local function give(id, about, bytes)
  jobs[#jobs + 1] = {
    id, about.delivery, about.deliveries, about.attempts, about.solo and 1 + math.max(0, math.min(about.lost, 9)) or 0,
    about.expires_at or -1, bytes,
  }
end

local function next_due()
  local first = -1
  for _, set in ipairs({ delayed, delayed_webhook }) do
    local due = redis.call('ZRANGEBYSCORE', set, '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    if due[2] and (first < 0 or tonumber(due[2]) < first) then first = tonumber(due[2]) end
  end
  return first
end

-- The same question again, because its answer was lost: the same jobs, as far as they are still this worker's.
local last = redis.call('GET', KEYS[14])
if last then
  last = cjson.decode(last)
  if last.claim == claim then
    for _, pair in ipairs(last.jobs) do
      local about = owned(pair[1], pair[2])
      local bytes = about and bytes_of(pair[1])
      if bytes then give(pair[1], about, bytes) end
    end
    return { now, 0, next_due(), jobs, lost }
  end
end

-- What a call gives is written together, for what Redis takes for a command is more than what it takes for its arguments:
-- of new jobs the bytes, then the places of all, then their records.
local new, leased, records = {}, {}, {}
-- The bytes of new jobs whose record is still to be written.
local fresh = {}

local function write()
  if #new > 0 then redis.call('HSET', held, unpack(new)) end
  if #leased > 0 then
    redis.call('ZADD', leases, unpack(leased))
    redis.call('HSET', meta, unpack(records))
  end
  new, leased, records, fresh = {}, {}, {}, {}
end

-- Delivery numbers come from one counter, so that a job that is pushed again under an old id meets no old fence.
local function deliver(id, about, bytes)
  sequence = (sequence or redis.call('HINCRBY', stats, 'sequence', n) - n) + 1
  about.delivery = sequence
  about.deliveries = about.deliveries + 1
  about.claim, about.worker = claim, worker
  leased[#leased + 1], leased[#leased + 2] = now + lease, id
  records[#records + 1], records[#records + 2] = id, cjson.encode(about)
  give(id, about, bytes)
  record[#record + 1] = { id, sequence }
  budget[class_of[about.class]] = budget[class_of[about.class]] - 1
end

local function answer(drain)
  if #record > 0 then
    redis.call('SET', KEYS[14], cjson.encode({ claim = claim, jobs = record }), 'PX', lease * 2)
    count('claimed', #record)
  end
  count_expired()
  count('duplicates', duplicates)
  if buried > 0 then
    count('buried', buried)
    trim_dead(tonumber(ARGV[1]), tonumber(ARGV[2]))
  end
  return { now, drain, next_due(), jobs, gone + odd + lost + unknown }
end

-- 1. Delayed jobs that are due. They may take half when the lists wait as well, in turns if only one is wanted.
local length = {}
local waiting = false
for i, list in ipairs(lists) do
  length[i] = redis.call('LLEN', list)
  waiting = waiting or (length[i] > 0 and budget[class_of[names[i]]] > 0)
end
local most = n
if waiting then most = n > 1 and math.floor(n / 2) or turn % 2 end

-- Mails before webhooks, but for every fourth turn. Who may not be given now is not looked at: it stays where it is.
local chosen, solo = {}, nil
local sets = { { delayed, 'mail' }, { delayed_webhook, 'webhook' } }
if turn % 4 == 3 then sets[1], sets[2] = sets[2], sets[1] end
for _, pair in ipairs(sets) do
  local set, class = pair[1], pair[2]
  -- Past those that must run alone, which go one by one, a few windows further.
  local window, full = 0, budget[class] > 0
  while full and window < 4 and #chosen < n do
    local due = redis.call('ZRANGEBYSCORE', set, '-inf', now, 'LIMIT', window * scan, scan)
    full, window = #due == scan, window + 1
    local known = #due > 0 and redis.call('HMGET', meta, unpack(due)) or {}
    for i, id in ipairs(due) do
      local about = about_of(known[i]) or recover(id)
      if not about or is_expired(about, now) then
        if about then sample(id, about.type) else unknown = unknown + 1 end
        forget(id)
        redis.call('ZREM', set, id)
      elseif about.solo then
        -- Codes first: they do not live long.
        local is_better = not solo or (about.class == 'ready' and solo[2].class ~= 'ready')
        if is_better and budget[class_of[about.class]] > 0 then
          local bytes = bytes_of(id)
          if bytes then solo = { id, about, bytes, set } end
        end
      else
        chosen[#chosen + 1] = { id, about, set }
      end
    end
  end
end

-- A job whose worker died may have killed it, so it is claimed alone and by a worker that runs nothing else. If none
-- does, one worker at a time empties itself for that; the others go on.
if solo and not drains then
  -- Another one may.
  if redis.call('GET', KEYS[15]) == worker then redis.call('DEL', KEYS[15]) end
elseif solo then
  if idle then
    deliver(solo[1], solo[2], solo[3])
    write()
    redis.call('ZREM', solo[4], solo[1])
    redis.call('DEL', KEYS[15])
    return answer(0)
  end
  local holder = redis.call('GET', KEYS[15])
  if not holder or holder == worker then
    redis.call('SET', KEYS[15], worker, 'PX', lease)
    return answer(1)
  end
end

local taken = {}
for _, pair in ipairs(chosen) do
  local id, about = pair[1], pair[2]
  local bytes = #taken < most and budget[class_of[about.class]] > 0 and bytes_of(id)
  if bytes then
    deliver(id, about, bytes)
    taken[#taken + 1] = pair
  end
end
write()
for _, pair in ipairs(taken) do redis.call('ZREM', pair[3], pair[1]) end

-- 2. The lists.
-- What is held under an id. It is the record that says that a job is known: bytes without one are what a call left that
-- failed half-way, and their job still lies on its list.
local function known_as(id)
  if fresh[id] then return fresh[id] end
  return redis.call('HEXISTS', meta, id) == 1 and bytes_of(id)
end

local function lay_down(class, bytes, kind, reason)
  odd = odd + 1
  -- Named after what it is: the same bytes pushed again are one dead letter, and a repeated call writes it once.
  local id = 'buried-' .. redis.sha1hex(bytes)
  local other = known_as(id)
  if other == bytes then
    duplicates = duplicates + 1
    return false
  end
  if other then id = id .. '-' .. redis.call('HINCRBY', stats, 'renamed', 1) end
  redis.call('HSET', held, id, bytes)
  to_dead(id, { class = class, type = kind, delivery = 0, deliveries = 0, attempts = 0, lost = 0, solo = false }, reason)
  buried = buried + 1
  return false
end

-- The notes that say that an outbox job lies on a list: they go when it does, for from then on its record says it.
local notes = {}

-- True if the job was given to the worker. cjson only reads: what is kept are the bytes as they were pushed.
local function examine(class, bytes)
  -- A dead letter keeps its bytes whole, these too: their number is capped, their size is not, up to what Redis takes
  -- in one push. Only who may write to Redis can push such bytes, and an operator sees and drops them by `jobs`.
  if #bytes > max_bytes then return lay_down(class, bytes, nil, 'too_large') end
  local fine, job = pcall(cjson.decode, bytes)
  if not fine or type(job) ~= 'table' or not bytes:find('^%s*{') then return lay_down(class, bytes, nil, 'undecodable') end
  local id = job.id
  -- Shown to people; cut within a character of many octets it would spoil the record, and types are plain anyway.
  local kind = type(job.type) == 'string' and job.type:sub(1, 64) or nil
  if kind and kind:find('[^\32-\126]') then kind = nil end
  -- Visible ASCII: an id goes into a Message-ID and into logs.
  if type(id) ~= 'string' or #id == 0 or #id > max_id or id:find('[^\33-\126]') then
    return lay_down(class, bytes, kind, 'invalid_id')
  end
  if class ~= 'ready' then notes[#notes + 1] = pushed .. id end
  local other = known_as(id)
  if other == bytes then
    odd, duplicates = odd + 1, duplicates + 1
    return false
  end
  if other then return lay_down(class, bytes, kind, 'duplicate_id') end
  local expires_at = type(job.expires_at) == 'number' and job.expires_at or nil
  if expires_at and expires_at <= now then
    sample(id, kind)
    return false
  end
  -- cjson writes 14 digits; anything later (or no number at all) is as good as never.
  if expires_at and not (expires_at < 1e14) then expires_at = nil end
  new[#new + 1], new[#new + 2] = id, bytes
  fresh[id] = bytes
  deliver(id, {
    class = class, type = kind, expires_at = expires_at and math.floor(expires_at),
    delivery = 0, deliveries = 0, attempts = 0, lost = 0, solo = false,
  }, bytes)
  return true
end

-- Takes up to `want` jobs from the right end of a list, and trims what it has dealt with, last of all.
local function take(i, want, window)
  local chunk = redis.call('LRANGE', lists[i], -window, -1)
  local seen, got = 0, 0
  for k = #chunk, 1, -1 do
    if got == want or gone >= max_gone or odd >= max_odd then break end
    seen = seen + 1
    if examine(names[i], chunk[k]) then got = got + 1 end
  end
  write()
  if seen > 0 then redis.call('LTRIM', lists[i], 0, -(seen + 1)) end
  if #notes > 0 then
    redis.call('DEL', unpack(notes))
    notes = {}
  end
  length[i] = length[i] - seen
end

local first = true
while #jobs < n and gone < max_gone and odd < max_odd do
  -- Who gets the free places: by the pattern, and an empty list's places go to the next one that waits.
  local want, free = { 0, 0, 0 }, { mail = budget.mail, webhook = budget.webhook }
  local function place(i)
    local class = class_of[names[i]]
    if want[i] >= length[i] or free[class] <= 0 then return false end
    want[i], free[class] = want[i] + 1, free[class] - 1
    return true
  end
  local places = 0
  for k = #jobs - #taken, n - #taken - 1 do
    local favourite = pattern[(turn + k) % #pattern + 1]
    if not (place(favourite) or place(1) or place(2) or place(3)) then break end
    places = places + 1
  end
  if places == 0 then break end
  for i = 1, 3 do
    if want[i] > 0 then take(i, want[i], first and want[i] or 64) end
  end
  first = false
end

return answer(0)
