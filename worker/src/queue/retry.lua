-- Tries a job again later. ARGV 1 id, 2 delivery, 3 delay (ms), 4 reason.
-- Returns 1, 2 (it expires before that and was discarded) or 0 (not held by that delivery).
local about = owned(ARGV[1], ARGV[2])
if not about then return 0 end
-- Its worker lived to tell: it is no suspect any more.
about.attempts, about.solo, about.lost, about.reason = about.attempts + 1, false, 0, ARGV[4]
if not postpone(ARGV[1], about, tonumber(ARGV[3])) then return 2 end
count('retried', 1)
return 1
