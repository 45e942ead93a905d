-- Remembers that a mail of this challenge was accepted by the mail server. It must not bring a gone one back.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'sent:' .. ARGV[1], 1)
return 1
