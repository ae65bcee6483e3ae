package winname

// Here says whether this system is Windows.
const Here = true
