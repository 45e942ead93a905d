-- Ends jobs that are done. ARGV: pairs of id and delivery, 64 at most. Returns for each 1 (done), 0 (not held by that
-- delivery: done before, or given to another worker).
local answer, done, seen = {}, {}, {}
local ids, is_held = all_owned(1)
for i, id in ipairs(ids) do
  answer[i] = 0
  if is_held[i] and not seen[id] then
    answer[i], seen[id], done[#done + 1] = 1, true, id
  end
end
if #done > 0 then
  forget(unpack(done))
  redis.call('ZREM', leases, unpack(done))
end
count('done', #done)
return answer
