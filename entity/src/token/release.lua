-- Lets go of a token that was not spent. What its holder is refused for is told, and may count: the last one ends the
-- token. ARGV 2 what the trail calls it ('': nothing is told), 3 whether it counts, 4 how many a token bears.
local token, trail = unpack(KEYS)
local holder, told, counts, most, seen = ARGV[1], ARGV[2], ARGV[3] == '1', tonumber(ARGV[4]), ARGV[5]
if redis.call('HGET', token, 'holder') ~= holder then
  return 0
end
redis.call('HDEL', token, 'holder', 'held_until')
redis.call('HSET', token, 'state', 'live')
if told ~= '' then
  note_again(trail, told, whole(now) .. ' ' .. seen)
end
if counts and redis.call('HINCRBY', token, 'refusals', 1) >= most then
  redis.call('HSET', token, 'state', 'spent')
end
return 1
