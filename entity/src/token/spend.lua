-- The password is changed: the token is spent, whoever holds it now, and its jobs go on their lists.
-- KEYS 1 the token, 2 the wake list, then for each job its list and the note that it was pushed. ARGV the jobs.
local token, wake_list = unpack(KEYS)
if redis.call('EXISTS', token) == 1 then
  redis.call('HDEL', token, 'holder', 'held_until')
  redis.call('HSET', token, 'state', 'spent')
end
for i = 1, #ARGV do push(KEYS[2 * i + 1], KEYS[2 * i + 2], ARGV[i]) end
wake(wake_list)
return 1
