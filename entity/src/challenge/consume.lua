-- Claims a challenge, once, and stores the MAC of the token that it is exchanged for. A challenge without an account,
-- or void, is claimed by nobody.
local challenge, token, failed, trail, closing, brake = unpack(KEYS)
local nonce, ttl, try, id, exchanged = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]

local found = redis.call('HMGET', challenge, 'nonce', 'used', 'void', 'account', 'fingerprint', 'key', 'address',
  'bound')
if found[1] ~= nonce or found[2] or found[3] or not found[4] then
  return 0
end
redis.call('HSET', challenge, 'used', 1)
redis.call('HSET', token, 'state', 'live', 'account', found[4], 'fingerprint', found[5], 'key', found[6],
  'address', found[7], 'challenge', id, 'bound', found[8] or '', 'exchanged', exchanged, 'refusals', 0)
redis.call('PEXPIRE', token, whole(ttl))
note(trail, 'right', try)
redis.call('ZADD', closing, 'XX', whole(now), id)
if tonumber(redis.call('GET', failed) or 0) > 0 then
  redis.call('DECR', failed)
end
if tonumber(redis.call('HGET', brake, 'loud') or 0) > 0 then
  redis.call('HINCRBY', brake, 'loud', -1)
  redis.call('HINCRBY', brake, 'failed', -1)
end
return 1
