-- Gives a job back at once, as if it had not been claimed. ARGV 1 id, 2 delivery.
-- Returns 1, 2 (it has expired and was discarded) or 0 (not held by that delivery).
local about = owned(ARGV[1], ARGV[2])
if not about then return 0 end
if not postpone(ARGV[1], about, 0) then return 2 end
count('released', 1)
ring()
return 1
