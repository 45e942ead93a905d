-- Ends jobs that are done. ARGV: pairs of id and delivery, 64 at most. Returns for each 1 (done), 0 (not held by that
-- delivery: done before, or given to another worker).
local answer, done = {}, 0
for i = 1, math.min(#ARGV, 128) - 1, 2 do
  local about = owned(ARGV[i], ARGV[i + 1])
  if about then
    forget(ARGV[i])
    redis.call('ZREM', leases, ARGV[i])
    done = done + 1
  end
  answer[#answer + 1] = about and 1 or 0
end
count('done', done)
return answer
