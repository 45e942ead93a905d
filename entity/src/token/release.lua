-- Lets go of a token that was not spent. A refused password counts, and the last one ends the token.
local token, trail = unpack(KEYS)
local holder, refused, most, seen = ARGV[1], ARGV[2] == '1', tonumber(ARGV[3]), ARGV[4]
if redis.call('HGET', token, 'holder') ~= holder then
  return 0
end
redis.call('HDEL', token, 'holder', 'held_until')
redis.call('HSET', token, 'state', 'live')
if refused then
  note_again(trail, 'refused', whole(now) .. ' ' .. seen)
  if redis.call('HINCRBY', token, 'refusals', 1) >= most then
    redis.call('HSET', token, 'state', 'spent')
  end
end
return 1
