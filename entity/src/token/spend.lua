-- The password is changed: the token is spent, whoever holds it now, and the notice goes on the list.
local token, ready, wake_list = unpack(KEYS)
if redis.call('EXISTS', token) == 1 then
  redis.call('HDEL', token, 'holder', 'held_until')
  redis.call('HSET', token, 'state', 'spent')
end
redis.call('LPUSH', ready, ARGV[1])
wake(wake_list)
return 1
