-- Ends jobs that are done. ARGV: pairs of id and delivery, 64 at most. Returns for each 1 (done), 0 (not held by that
-- delivery: done before, or given to another worker).
local ids, deliveries, answer, done = {}, {}, {}, {}
for i = 1, math.min(#ARGV, 128) - 1, 2 do
  ids[#ids + 1], deliveries[#deliveries + 1] = ARGV[i], ARGV[i + 1]
end
if #ids == 0 then return answer end
local seen = {}
for i, about in ipairs(all_owned(ids, deliveries)) do
  local id = ids[i]
  answer[i] = about and not seen[id] and 1 or 0
  if answer[i] == 1 then
    done[#done + 1], seen[id] = id, true
  end
end
if #done > 0 then
  forget(unpack(done))
  redis.call('ZREM', leases, unpack(done))
end
count('done', #done)
return answer
