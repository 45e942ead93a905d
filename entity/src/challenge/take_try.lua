-- Counts the client, takes a try and answers the nonce: what was taken stays taken, however many ask at once.
-- A full Redis must still let a code be verified, so this and all later scripts run regardless.
local challenge, client_key, failed, trail, brake, spent = unpack(KEYS)
local interval, burst, span = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local seen = whole(now) .. ' ' .. ARGV[4]
local alarm, loud, quiet = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local proof, expires = ARGV[8], tonumber(ARGV[9])

-- Before anything is counted or looked at: who is asked for a proof loses nothing and learns nothing.
if alarm > 0 then
  local why = stopped_by_brake(brake, spent, proof, expires)
  if why then
    return { 'prove', whole(now), why }
  end
end

if interval > 0 then
  local wait = wait_for_bucket(client_key, interval, burst)
  if wait > 0 then
    return { 'wait', wait }
  end
end

-- From here on nothing refuses the call.
local proven = spend_proof(brake, spent, expires)

-- Every try counts as failed until `consume` takes it back.
local failures = redis.call('INCR', failed)
if failures == 1 then
  redis.call('PEXPIRE', failed, span)
end
local starts = alarm > 0 and count_for_brake(brake, failures, alarm, loud, quiet) or 0

local found = redis.call('HMGET', challenge, 'nonce', 'key', 'tries', 'used', 'address')
if not found[1] or found[4] or tonumber(found[3]) <= 0 then
  -- As many commands and as many writes as where a try is taken: time must not tell why a code is refused (R4).
  if not note_again(trail, 'late', seen) then
    redis.call('INCRBY', failed, 0)
    redis.call('INCRBY', failed, 0)
  end
  return { 'none', failures, starts, proven }
end
redis.call('HINCRBY', challenge, 'tries', -1)
if not note(trail, 'try:' .. found[3], seen) then
  redis.call('INCRBY', failed, 0)
end
return { 'take', failures, starts, proven, found[1], found[2], found[5], found[3] }
