-- Puts a job off for a reason that is ours, not its own: no attempt is counted. ARGV and answers as in retry.lua.
local about = owned(ARGV[1], ARGV[2])
if not about then return 0 end
about.reason = ARGV[4]
if not postpone(ARGV[1], about, tonumber(ARGV[3])) then return 2 end
count('deferred', 1)
return 1
