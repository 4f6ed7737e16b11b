import type { Gender } from './roles.ts'

/** Common given names, because two words with capitals may as well be a street. */
const male = `
Aaron Abdul Abdullah Abel Achille Adam Adamu Adel Adil Aditya Adrian Adriano Afonso Agustín Ahmed Ahmet
Aidan Ajay Akash Akira Alain Alan Alastair Albert Aldo Alejandro Aleksandr Alessandro Alex Alexander
Alexandre Alexei Alexis Alfonso Alfred Alfredo Alhassan Ali Alistair Alois Amadou Amir Amit Anand Anatoly
Anders Andreas Andrei Andrew Andriy André Angelo Angus Anil Ansgar Anthony Antoine Anton Antonio Antony
Antti Anwar Arda Arif Arjun Armando Armin Arnaud Arne Arnold Arthur Arvid Ashok Asif Augusto Aurelio
Aurélien Axel Aziz Babatunde Baptiste Barack Barış Bashar Bastien Ben Benedikt Benjamin Benoit Benoît
Bernard Bertrand Bilal Bill Bjorn Björn Bjørn Bob Bogdan Bohdan Boris Boubacar Brad Branko Brendan Brian
Bruce Bruno Burak Bülent Callum Cameron Can Carl Carlos Cem Charles Cheikh Chris Christian Christopher
Chukwu Cihan Cillian Claude Claus Clemens Clément Colin Connor Craig Cristian Curtis Cyril Cédric César
Dafydd Dag Dalibor Damian Damien Daniel Dario Darko Darren David Davide Davor Dean Declan Deepak Denis Deniz
Dennis Derek Detlef Didier Diego Dieter Dimitri Dirk Dmitry Dmytro Domenico Dominic Dominik Dominique Donald
Donato Douglas Dragan Duarte Duncan Dylan Ebrahim Eddie Edgar Edmund Edoardo Eduardo Edward Einar Elias
Elliot Emanuel Emeka Emil Emilio Emmanuel Emre Engin Enrico Enzo Eoin Eric Erik Ernest Ernesto Ernst Erwin
Esteban Ethan Etienne Eugene Evan Ezra Fabien Fabio Fabrice Fadi Faisal Farid Federico Felipe Felix Femi
Ferdinand Fergus Fernando Filip Finn Fintan Florian Francesco Francis Francisco Frank Franz François Fred
Frederick Fredrik Friedrich Frédéric Gabriel Gaetano Gareth Gary Gaspard Gaurav Gavin Gaël Geert Geoffrey
Georg George Georges Gerald Gerard Gerardo Gerhard Gilbert Gilles Giorgio Giovanni Giuseppe Glenn Gonzalo
Gonçalo Goran Gordon Graham Greg Gregory Grzegorz Guillaume Gunnar Gustav Gustavo Guy Günter Günther Habib
Hakan Halil Hamid Hamish Hamza Hans Harald Harold Harry Haruki Haruto Hasan Hassan Hector Heinrich Heinz
Helmut Henk Henri Henrik Henry Herbert Hermann Hervé Hiroshi Hossein Howard Hubert Hugh Hugo Håkon Hüseyin
Iain Ian Ibrahim Ibrahima Idris Ignacio Igor Iker Ilham Ilya Imran Ingmar Ioannis Isaac Ismail Ivan Iván
Jaap Jack Jacob Jacques Jaime Jake Jakob Jakub Jamal James Jan Jannik Jarosław Jason Javad Javier Jean Jeff
Jeffrey Jens Jeremy Jerome Jesper Jesús Jim Jimmy Jiří Joachim Joaquín Jochen Joe Joel Johan Johann John
Johnny Jonas Jonathan Jorge Jorgen Jose Josef Joseph Joshua José Juan Jukka Jules Julian Julien Julio Juma
Justin Jérôme Jörg Jørgen Jürgen Kaan Kadir Kai Kamal Kamau Karan Karim Karl Karsten Kaspar Kazuo Kees Keith
Kemal Ken Kenji Kenneth Kenta Kerem Kerim Kevin Khaled Khalid Khalifa Kieran Klaas Klaus Knut Kofi Korbinian
Kostas Kristian Krzysztof Kunal Kurt Kwame Kwesi Lachlan Lars Laurent Lawrence Lee Leif Leo Leon Leonard
Lewis Liam Lionel Lorcan Lorenzo Lothar Louis Loïc Luc Luca Lucas Luigi Luis Luke Lukáš László Maarten
Maciej Magnus Mahesh Mahmoud Malcolm Malik Mamadou Manfred Manoj Manuel Marc Marcel Marcelo Marcin Marco
Marcus Marek Mario Marius Mark Marko Markus Martin Massimo Mateo Mateusz Mathieu Matteo Matthew Matthias
Matthieu Matti Maurice Mauro Max Maximilian Mehmet Metin Mevlüt Michael Michał Michel Miguel Mihai Mikhail
Milan Miloš Miroslav Mohamad Mohamed Mohammad Mohammed Mohan Morgan Moritz Moses Moshe Moussa Muhammad
Mukesh Murat Mustafa Nasser Nathan Naveen Neeraj Neil Nelson Niall Nicholas Nicola Nicolas Nicolás Nigel
Nikhil Niklas Nikola Nikolai Nikos Nils Nitin Noah Norman Nuno Obi Olaf Ole Oleg Oleksandr Oliver Olivier
Olu Omar Ondřej Onur Orhan Oscar Oskar Osman Otieno Otto Ousmane Owen Oğuz Oğuzhan Pablo Paolo Pascal
Pascual Patrice Patrick Paul Paulo Pavel Paweł Pedro Pekka Pepe Per Percy Peter Petr Philip Philippe Pierre
Piet Pieter Piotr Pradeep Prakash Pranav Praveen Quentin Quinn Radek Rafael Raheem Rahul Rainer Raj Rajesh
Rakesh Ralf Ralph Ramazan Ramesh Rami Ramiro Ramón Raphaël Rashid Ravi Raymond Raúl Recep Reinhard Reza
Rhodri Rhys Ricardo Richard Robbie Robert Roberto Robin Rodrigo Roger Rohan Rohit Roland Rolf Romain Roman
Ron Ronald Ronan Rory Ross Roy Ruairi Ruben Rudolf Rui Rupert Ruslan Russell Ryan Régis Rémi Rüdiger Sabri
Sachin Said Salim Salman Salvatore Sam Sameer Sami Samir Samuel Sandeep Sandro Sanjay Santiago Satoshi Scott
Sean Sebastian Segun Selim Sepp Serge Sergei Sergey Sergio Serkan Seth Seydou Shane Shaun Siddharth Sidney
Siegfried Sigurd Silvio Simon Sinan Sipho Slobodan Srinivas Stanislav Stanley Stefan Stephen Steve Steven
Stuart Stéphane Suleiman Sunil Suresh Svein Sven Sylvain Søren Süleyman Tadeusz Taha Takashi Tanguy Tarek
Tariq Taro Tarun Taylan Tayyip Ted Teemu Terence Terry Thabo Themba Theo Theodore Thibault Thibaut Thierno
Thierry Thomas Thorsten Théo Tiago Tim Timo Timothy Tobias Toby Tolga Tom Tomas Tomasz Tommy Tomáš Tony
Torsten Tristan Tunde Tunji Ulrich Umut Uwe Uğur Vadim Valentin Varun Vasco Vasile Vasily Vicente Victor
Vijay Vikram Viktor Vincent Vincenzo Vinod Vittorio Vivek Vladimir Volkan Volodymyr Václav Walter Warren
Wayne Werner Wilfried Wilhelm Will Willem William Wojciech Wolfgang Xaver Xavi Xavier Yann Yannick Yannis
Yash Yasin Yavuz Yaw Yaşar Youssef Yuri Yusuf Yuval Yves Zafer Zdeněk Zeki Ziad Zoltan Zoran Álvaro Ángel
Étienne İbrahim İlker İsmail İsmet Łukasz`

const female = `
Aarti Abeba Abena Abigail Achieng Ada Adaeze Adelaide Adele Adriana Agata Agathe Agnes Agnieszka Ainhoa Aino
Aisha Akiko Akosua Aleksandra Alessandra Alexandra Alexia Alice Alicia Alison Aliyah Alma Amanda Amara
Amelia Amina Amira Amy Amélie Ana Ananya Anastasia Anastasiya Anaïs Andrea Aneta Angela Angelina Angharad
Angélique Anika Anita Anja Anjali Anke Ann Anna Annabel Anne Anne-Marie Annelies Annette Annick Annika Antje
Antonella Antonia Aoife Arlette Armelle Arwa Asha Asli Aslı Astrid Asuka Audrey Aurora Aurélie Aya Ayla
Aylin Ayşe Bahar Banu Barbara Barbora Başak Beata Beatrice Beatriz Belgin Belinda Berit Bernadette Bernice
Berta Beth Bettina Beverley Bianca Birgit Blanca Bożena Brenda Bridget Brigitte Brooke Bukola Burcu Béatrice
Camille Candice Carina Carla Carmen Carol Carolina Caroline Carys Cassandra Catherine Catriona Cecilia
Celeste Ceren Cerys Chantal Charlene Charlotte Chiamaka Chiara Chinwe Chioma Chloe Christina Christine Ciara
Claire Clara Clare Clarissa Claudia Claudine Clémence Colette Concepción Constance Cora Coralie Corinne
Cristiana Cristina Cátia Cécile Céline Dagmar Dalia Daniela Danielle Danuta Daphne Daria Dawn Debbie Deborah
Deepa Defne Delphine Denise Derya Diana Diane Dilara Dilek Divya Dolores Dominika Dora Doreen Doris Dorothy
Dorothée Ebru Ece Edith Edwige Eeva Eileen Eirini Ekaterina Ekin Elaine Eleanor Elena Eleni Eliana Elif
Elisabeth Elise Elizabeth Elke Ella Ellen Elsa Elsbeth Elspeth Elvira Eléonore Emily Emine Emma Erin Esma
Esme Esperanza Esra Estelle Esther Eva Eve Evelyn Evgenia Ewa Fabienne Faith Farah Fatima Fatma Fatou
Federica Felicity Femke Ffion Filiz Fiona Flavia Flora Florence Folake Frances Francesca Fredrika Freya
Frida Fumiko Gabriela Gabriele Gail Galina Geeta Gemma Genevieve Geneviève Georgia Georgina Geraldine Gerda
Germaine Gertrude Gesine Ghada Gillian Gina Giovanna Gisela Giulia Gloria Grace Graciela Grażyna Greet Greta
Gretchen Grete Griet Gráinne Gudrun Gunilla Gwen Gül Gülay Hadiza Hala Halina Hana Hanan Hande Hanna Hannah
Hanneke Harriet Hatice Hazel Heather Hedwig Heidi Helen Helena Helga Henrietta Henriette Henrike Hilary
Hilde Holly Hope Huda Hélène Ida Ifeoma Ikram Ilaria Ilona Ilse Imke Imogen Indira Ineke Ines Inga Inge
Inger Ingrid Inês Ioana Irene Irina Iris Irma Iryna Isabel Isabella Isabelle Isadora Isla Ivana Ivy Jacinda
Jacqueline Jadwiga Jana Jane Janet Janice Janina Jasmine Jean Jelena Jennifer Jenny Jessica Jill Joan Joanna
Joanne Jodie Johanna Jolanta Josefa Josephine Joyce Juana Judith Judy Julia Juliana Julie Juliette June
Justine Jutta Kamila Karen Karima Karin Karina Karolina Kasia Katarzyna Kate Katharina Katherine Kathleen
Kathrin Katja Katrin Katy Kavita Kavya Keiko Kelly Kerstin Khadija Kiran Kirsten Kirsty Klara Kristin
Kristina Laila Lakshmi Lale Lana Lara Larissa Lata Latifa Laura Layla Lea Leah Leanne Leila Lena Leonie
Leticia Leyla Leïla Liesbeth Liisa Lily Lina Linda Lindiwe Lindsay Lisa Liv Liz Lola Lorna Lorraine Lotte
Louise Lucero Lucia Lucie Lucille Lucinda Lucy Ludmila Luisa Luz Lydia Lynn Léa Mabel Madeleine Magda
Magdalena Maggie Mahsa Mai Maja Malala Mandy Manon Manuela Margaret Margarita Margherita Margit Margot
Margrethe Maria Mariam Mariama Mariana Marianne Marie Marija Marijke Marina Marion Marit Marjorie Marlene
Marta Martha Martina Mary Maryam María Mathilde Maud Maureen Mavis Maya Mayumi Maëlle Maëva Meera Megan Mei
Melanie Melek Melis Mercedes Merve Meryem Mette Mhairi Mia Michaela Micheline Michelle Michiko Mina Miranda
Mireille Miriam Moira Mona Monica Monika Morag Muriel Myriam Mónica Nadia Nadine Nancy Nandini Naoko Naomi
Nasreen Natalia Natalie Natasha Nathalie Nazlı Neema Neha Nele Nerys Nesrin Nevena Ngozi Niamh Nicola Nicole
Nicoletta Nigar Nilüfer Nina Nisha Nomvula Noor Nora Norma Noura Noémie Nur Nuray Nursel Octavia Odile
Oksana Olena Olga Olivia Olympia Oonagh Ophélie Orla Padma Paloma Pamela Paola Patience Patricia Patrizia
Paula Pauline Peggy Penelope Perpetua Petra Phoebe Phyllis Pilar Pippa Polly Pooja Priya Priyanka Prudence
Päivi Pınar Queenie Rachel Radhika Raffaella Ragnhild Rana Rania Raquel Rebecca Reem Regina Rekha Renata
Renate Renée Rhiannon Rita Riya Roberta Rocío Rosa Rosalind Rosanna Rose Rosemary Roswitha Roxane Roya
Rukhsana Ruth Róisín Saba Sabine Sabrina Sadia Sadie Safiya Sakura Sally Salma Samantha Samira Sandra
Sangeeta Sanna Sara Sarah Saskia Seda Selin Sevgi Shabana Shannon Shanthi Sharon Sheila Shirin Shirley
Shreya Sibel Sigrid Silvia Simone Sinead Siobhan Smita Sofia Solange Soledad Solène Songül Sonia Sophia
Sophie Soraya Sorcha Stefania Stefanie Stella Stephanie Sunita Susan Susanne Sushma Suzan Suzanne Svenja
Svetlana Swati Sylvia Sylvie Séverine Sévérine Tamara Tanja Tansu Tanya Tara Tarja Tatiana Tatyana Temitope
Teresa Thandi Thea Thelma Theresa Therese Thérèse Tilda Tina Trine Trudy Tuba Tuğba Tülay Umm Ursula Usha
Ute Valentina Valeria Valerie Valérie Vandana Vanessa Vera Verena Veronica Vesna Victoria Viktoria Viola
Violet Virginia Virginie Vivian Viviane Véronique Walburga Waltraud Wanda Wanjiru Wenche Wendy Wilma
Winifred Xenia Ximena Yael Yana Yasemin Yasmin Yetunde Yewande Yoko Yolanda Yuki Yulia Yvonne Zahra Zainab
Zara Zdenka Zehra Zeynep Zineb Zoe Zofia Zuzana Züleyha Élodie Éloïse Émilie Özlem Ülkü Ümit`

/** Names that women and men have, in one country or in two. */
const either = `
Alex Alexis Andrea Camille Chris Claude Deniz Dominique Evelyn Gabriele Hilary Jan Kai Kelly Kiran Lee Lindsay Marion
Morgan Noor Robin Sam Shannon Simone Sidney Terry Vivian Yuki`

const genders = new Map<string, Gender | null>()
for (const name of male.trim().split(/\s+/)) genders.set(name, 'he')
for (const name of female.trim().split(/\s+/)) genders.set(name, genders.has(name) ? null : 'she')
for (const name of either.trim().split(/\s+/)) genders.set(name, null)

/** @returns the pronoun that usually goes with a given name, null for either, undefined where it is not known */
export function genderOfGivenName(name: string): Gender | null | undefined {
  return genders.get(name)
}
