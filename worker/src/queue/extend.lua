-- Prolongs leases. ARGV 1 lease (ms), then pairs of id and delivery, 64 at most. Returns 1 or 0 for each pair.
local answer = {}
for i = 2, math.min(#ARGV, 129) - 1, 2 do
  local about = owned(ARGV[i], ARGV[i + 1])
  if about then redis.call('ZADD', leases, 'XX', now + tonumber(ARGV[1]), ARGV[i]) end
  answer[#answer + 1] = about and 1 or 0
end
return answer
