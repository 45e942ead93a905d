-- Opens a challenge or mails a live one again: the answer to a repeated key, the limits, the challenge and its job,
-- all of it or nothing. It is refused as a whole when Redis is full (no allow-oom).
local new_key, old_key, opened_key, answered_key, client_key, ready, wake_list, delayed = unpack(KEYS, 1, 8)
local new_trail, old_trail, closing, brake, spent = unpack(KEYS, 9, 13)
local id, nonce, key_id, address, locale, client, old_id, body = unpack(ARGV, 1, 8)
local traceparent, ttl, tries = ARGV[9], tonumber(ARGV[10]), ARGV[11]
local resends, resend_after, resend_needs = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
local interval, burst = tonumber(ARGV[15]), tonumber(ARGV[16])
local limited, cooldown, hour, day = ARGV[17] == '1', tonumber(ARGV[18]), tonumber(ARGV[19]), tonumber(ARGV[20])
local in_hour, in_day, client_in_hour, client_in_day =
  tonumber(ARGV[21]), tonumber(ARGV[22]), tonumber(ARGV[23]), tonumber(ARGV[24])
local backlog = tonumber(ARGV[25])
local seen, closes_after, trail_kept = whole(now) .. ' ' .. ARGV[26], tonumber(ARGV[27]), tonumber(ARGV[28])
local has_brake, proof, expires = ARGV[29] ~= '0', ARGV[30], tonumber(ARGV[31])
local most_trails = tonumber(ARGV[32])

local function push(challenge_id, mail_no, ends)
  local trace = traceparent ~= '' and ',"traceparent":"' .. traceparent .. '"' or ''
  redis.call('LPUSH', ready, '{"v":1,"id":"' .. challenge_id .. '.' .. mail_no
    .. '","type":"password_reset.send_code","enqueued_at":' .. whole(now) .. ',"expires_at":' .. whole(ends)
    .. trace .. ',"data":{"challenge_id":"' .. challenge_id .. '","mail_no":' .. mail_no .. '}}')
  wake(wake_list)
end

-- A repeated Idempotency-Key gets the first answer, its times counted down; with another body it is refused.
if body ~= '' then
  local seen = redis.call('HMGET', answered_key, 'body', 'id', 'ends', 'resend_at')
  if seen[1] then
    if seen[1] ~= body then
      return { 'reused' }
    end
    local resend_in = seen[4] == '' and -1 or math.max(tonumber(seen[4]) - now, 0)
    return { 'open', seen[2], math.max(tonumber(seen[3]) - now, 0), resend_in, -1 }
  end
end

local function answer(challenge_id, ends, resend_at, proven)
  -- A resend that would come too late is not promised.
  if resend_at and resend_at + resend_needs > ends then
    resend_at = nil
  end
  if body ~= '' then
    redis.call('HSET', answered_key, 'body', body, 'id', challenge_id, 'ends', whole(ends),
      'resend_at', resend_at and whole(resend_at) or '')
    redis.call('PEXPIREAT', answered_key, whole(ends))
  end
  return { 'open', challenge_id, ends - now, resend_at and resend_at - now or -1, proven }
end

-- More mails wait than can go out in time: another one would only make all of them later. It counts for nobody.
if redis.call('LLEN', ready) + redis.call('ZCARD', delayed) >= backlog then
  return { 'full' }
end

-- While codes are being tried in vain. What a repeated key was answered costs no proof: it is told once more. A good
-- one is spent further down, where no limit can refuse the call any more.
if has_brake then
  local why = stopped_by_brake(brake, spent, proof, expires)
  if why then
    return { 'prove', whole(now), why }
  end
end

if interval > 0 then
  local wait = wait_for_bucket(client_key, interval, burst)
  if wait > 0 then
    return { 'wait', 'client', wait }
  end
end

-- The live challenge of the same address is mailed again: same code, same tries, same end. Whether it has an account
-- or is void makes no difference here.
if old_id ~= '' then
  local old = redis.call('HMGET', old_key, 'address', 'ends', 'tries', 'used', 'mails', 'resend_at')
  local ends = tonumber(old[2] or 0)
  if old[1] == address and not old[4] and tonumber(old[3]) > 0 and ends - now >= resend_needs then
    local mails = tonumber(old[5])
    if mails > resends then
      return { 'wait', 'resend', ends - resend_needs - now + 1 }
    end
    if tonumber(old[6]) > now then
      return { 'wait', 'resend', tonumber(old[6]) - now }
    end
    local resend_at = now + resend_after
    local proven = spend_proof(brake, spent, expires)
    redis.call('HSET', old_key, 'mails', mails + 1, 'resend_at', whole(resend_at))
    note(old_trail, 'request:' .. whole(mails + 1), seen)
    push(old_id, mails + 1, ends)
    return answer(old_id, ends, mails < resends and resend_at or nil, proven)
  end
end

-- The address' challenges of the last 25 hours, at most ten: each with the client that opened it.
if limited then
  local opened = redis.call('ZRANGE', opened_key, 0, -1, 'WITHSCORES')
  if opened[2] and tonumber(opened[2]) <= now - day then
    redis.call('ZREMRANGEBYSCORE', opened_key, '-inf', whole(now - day))
    opened = redis.call('ZRANGE', opened_key, 0, -1, 'WITHSCORES')
  end
  local all, mine = {}, {}
  for i = 1, #opened, 2 do
    local at = tonumber(opened[i + 1])
    all[#all + 1] = at
    if string.sub(opened[i], 1, #client) == client then
      mine[#mine + 1] = at
    end
  end
  local wait = 0
  -- `most` of them may lie within `span`: the one that is `most` back must be older than that.
  local function bound(list, most, span)
    local limiting = list[#list - most + 1]
    if limiting then
      wait = math.max(wait, limiting + span - now)
    end
  end
  bound(all, 1, cooldown)
  bound(all, in_hour, hour)
  bound(all, in_day, day)
  bound(mine, client_in_hour, hour)
  bound(mine, client_in_day, day)
  if wait > 0 then
    return { 'wait', 'address', wait }
  end
  redis.call('ZADD', opened_key, whole(now), client .. ':' .. id)
  redis.call('PEXPIRE', opened_key, whole(day))
end

local proven = spend_proof(brake, spent, expires)
local ends, resend_at = now + ttl, now + resend_after
redis.call('HSET', new_key, 'nonce', nonce, 'key', key_id, 'address', address, 'locale', locale, 'tries', tries,
  'ends', whole(ends), 'mails', 1, 'resend_at', whole(resend_at))
redis.call('PEXPIREAT', new_key, whole(ends))
-- What the audit trail will tell lies beside the challenge, which itself ends on time. The worker comes for it once
-- nothing can happen to it any more; if it does not, it goes by itself. Where there are as many as may be, this one is
-- not told of: those that are there are not washed away by a flood of new ones.
local is_told = redis.call('ZCARD', closing) < most_trails
if is_told then
  local closes = ends + closes_after
  redis.call('HSET', new_trail, 'address', address, 'closes', whole(closes), 'request:1', seen)
  redis.call('PEXPIREAT', new_trail, whole(closes + trail_kept))
  redis.call('ZADD', closing, whole(closes), id)
end
push(id, 1, ends)
local opened = answer(id, ends, resends > 0 and resend_at or nil, proven)
opened[6] = is_told and 1 or 0
return opened
