package lint

// id is a note by its place in the catalogue.
type id uint8

const (
	a1 id = iota
	a2
	a3
	a4
	a5
	a6
	a7
	a8
	a9
	a10
	a11
	a12
	a13
	a14
	a15
	a16
	a17
	a18
	a19
	a20
	a21
	a22
	a23
	a24
	a25
	a26
	a27

	b1
	b2
	b3
	b4
	b5
	b6
	b7
	b8
	b9
	b10
	b11
	b12
	b13
	b14
	b15
	b16
	b17
	b18

	c1
	c2
	c3
	c4
	c5
	c6

	d1
	d2
	d3
	d4
	d5
	d6
	d7
	d8
	d9
	d10
	d11
	d12
	d13
	d14
	d15
	d16
	d17
	d18
	d19
	d20
	d21
	d22
	d23
	d24
	d25

	e1
	e2
	e3
	e4
	e5
	e6
	e7
	e8
	e9
	e10
	e11
	e12
	e13

	f1
	f2
	f3
	f4
	f5
	f7
	f8

	g1
	g2
	g3
	g4
	g5
	g6
	g7
	g8
	g9
	g10
	g11
	g12
	g13
	g14
	g15
	g16
	g17
	g19
	g20

	h1
	h2
	h3
	h4
	h5
	h6
	h7
	h8
	h9
	h11
	h12
	h13
	h14
	h15

	i1
	i2
	i3
	i4
	i5
	i6
	i7
	i8
	i9
	i10
	i11
	i12
	i13
	i15
	i16

	j1
	j2
	j3
	j4
	j5
	j6
	j7
	j8
	j10
	j11

	k1
	k3
	k4
	k5
	k6
	k7
	k8
	k9
	k10
	k11
	k12
	k13
	k15
	k16
	k17

	l1
	l2
	l3
	l4
	l6
	l7

	m1
	m2
	m3
	m4
	m5
	m6
	m7
	m8
	m9

	s1
	s2

	notes // how many there are, and no note
)
