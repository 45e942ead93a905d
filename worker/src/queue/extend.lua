-- Prolongs leases. ARGV 1 lease (ms), then pairs of id and delivery, 64 at most. Returns 1 or 0 for each pair.
local answer = {}
local ids, is_held = all_owned(2)
for i, id in ipairs(ids) do
  if is_held[i] then redis.call('ZADD', leases, 'XX', now + tonumber(ARGV[1]), id) end
  answer[i] = is_held[i] and 1 or 0
end
return answer
