-- Counts the client and takes hold of a live token: of two confirms at once, one goes on. A hold ends by itself, so
-- that a program that dies with it costs the user some seconds and not the token.
local token, client_key = unpack(KEYS)
local holder, span, interval, burst = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

if interval > 0 then
  local wait = wait_for_bucket(client_key, interval, burst)
  if wait > 0 then
    return { 'wait', wait }
  end
end

local found = redis.call('HMGET', token, 'state', 'account', 'fingerprint', 'key', 'address', 'holder', 'held_until',
  'challenge', 'bound', 'exchanged')
if not found[1] or found[1] == 'spent' then
  return { 'rejected' }
end
if found[6] and found[6] ~= holder and tonumber(found[7]) > now then
  return { 'busy', tonumber(found[7]) - now }
end
redis.call('HSET', token, 'state', 'held', 'holder', holder, 'held_until', whole(now + span))
return { 'held', found[2], found[3], found[4], found[5], now, found[8] or '', found[9] or '',
  found[10] or '' }
