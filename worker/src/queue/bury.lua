-- Lays a job to the dead letters. ARGV 1 dead letters at most, 2 their age at most (ms), 3 id, 4 delivery, 5 reason.
-- Returns 1, or 0 (not held by that delivery).
local about = owned(ARGV[3], ARGV[4])
if not about then return 0 end
to_dead(ARGV[3], about, ARGV[5])
redis.call('ZREM', leases, ARGV[3])
count('buried', 1)
trim_dead(tonumber(ARGV[1]), tonumber(ARGV[2]))
return 1
