-- Remembers that a mail of this challenge was accepted by the mail server, and has the audit trail tell of it soon. It
-- must not bring a gone one back.
local challenge, trail, closing = unpack(KEYS)
local mail_no, id = ARGV[1], ARGV[2]
note(trail, 'mailed:' .. mail_no, whole(now))
redis.call('ZADD', closing, 'XX', whole(now), id)
if redis.call('EXISTS', challenge) == 0 then
  return 0
end
redis.call('HSET', challenge, 'sent:' .. mail_no, 1)
return 1
