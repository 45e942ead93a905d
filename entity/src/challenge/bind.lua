-- Writes the account and its fingerprint into the challenge, once. Another fingerprint later on means that the account
-- changed meanwhile: the challenge is void then, but lives on, since callers must see no difference.
local challenge, trail, account, fingerprint, bound = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3]
local found = redis.call('HMGET', challenge, 'nonce', 'account', 'fingerprint', 'void')
if not found[1] then
  return 'gone'
end
if found[4] then
  return 'void'
end
if not found[2] then
  redis.call('HSET', challenge, 'account', account, 'fingerprint', fingerprint, 'bound', bound)
  note(trail, 'account', account)
  return 'bound'
end
if found[2] == account and found[3] == fingerprint then
  return 'bound'
end
redis.call('HSET', challenge, 'void', 1)
return 'void'
